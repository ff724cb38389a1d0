"""Copies of albums, playlists and libraries in a folder, and the record of what each file is.

`layout` names files, `record` keeps what is known of them, `matching` decides what is missing, `plan` fetches it.
"""
