"""The parts of `scripts/regenerate.py`: reading a spec, editing the generator's templates, building the tree."""


class Stop(Exception):
    """Something that a person has to put right; its text is what they are told."""
