"""The seam to the generated Jellyfin client: each operation as a function that returns a plan.

Only this package, and type aliases in `types`, import `tonearm_generated.jellyfin`.
"""
