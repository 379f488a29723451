#!/bin/sh
# A library whose header counts no segments: bytes 56 and 57. $1: the good one, $2: what to make.
cp "$1" "$2" && chmod u+w "$2" && printf '\000\000' | dd of="$2" bs=1 seek=56 conv=notrunc status=none
