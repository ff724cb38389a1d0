"""Copies of albums, playlists and libraries in a folder, with a record of each file's item.

`layout` names files, `record` stores their items and versions, `matching` finds missing files, `plan` fetches them.
"""
