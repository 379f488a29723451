#!/bin/sh
# A library for AArch64: byte 18 of the header names the machine. $1: the good one, $2: what to make.
cp "$1" "$2" && chmod u+w "$2" && printf '\267' | dd of="$2" bs=1 seek=18 conv=notrunc status=none
