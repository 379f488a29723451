#!/bin/sh
# What a linker makes without `-shared`: byte 16 of the header says so. $1: the good one, $2: what to make.
cp "$1" "$2" && chmod u+w "$2" && printf '\002' | dd of="$2" bs=1 seek=16 conv=notrunc status=none
