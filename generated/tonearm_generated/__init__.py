"""Made from specs/ by scripts/regenerate.py: one package for each service; do not edit."""
