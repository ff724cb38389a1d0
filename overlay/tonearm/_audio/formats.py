"""The formats that FFmpeg may open: containers of audio and video that hold all of their contents themselves.

Some demuxers of FFmpeg obey a file: playlists, scripts and session descriptions name other files and addresses, which
it opens. None of these is here, nor are devices, pictures, subtitles, and raw samples, which have no signature.
"""

from __future__ import annotations

_AUDIO = """
    aa aac aax ac3 ac4 ace act adx aea afc aiff amr amrnb amrwb ape aptx aptx_hd ast au avr bfstm bit bonk brstm caf
    codec2 dsf dsicin dss dts dtshd eac3 epaf flac g722 g723_1 g726 g726le g728 g729 gsm hca hcom iamf iff ilbc ircam
    laf lc3 loas lvf mca mlp mmf mp3 mpc mpc8 msf mtaf musx nistsphere oma osq paf pvf qcp qoa rka rsd rso sbc sds sdr2
    shn sln sol sox spdif svag svs tak truehd tta vag voc vpk vqf w64 wady wav wavarc wsaud wsd wv wve xa xvag xwma
"""
_VIDEO = """
    asf asf_o avi dhav dirac dv ea film_cpk flv gdv gxf ivr kux live_flv lmlm4 lxf matroska mgsts mov mpeg mpegts mtv mv
    mvi mxf mxg nsv nut nuv ogg pmp pva r3d rl2 rm roq rpl smjpeg smk swf thp ty vivo wc3movie webm wtv xmv yop 4xm
"""

MOST_RATE, MOST_CHANNELS = 1_000_000, 64
"""Samples per second, and channels; a header that declares more is wrong, and would fill the memory."""

ALLOWED = frozenset((_AUDIO + _VIDEO).split())
"""FFmpeg's names of the demuxers that may be used."""

OPTIONS = {"format_whitelist": ",".join(sorted(ALLOWED)), "protocol_whitelist": "none"}
"""FFmpeg's options for opening a file; no protocol has the name `none`."""
