#!/bin/sh
# For a big-endian machine: byte 5 of the header is the order of bytes, and 18 and 19 are S/390. $1: the good one, $2: what
# to make.
cp "$1" "$2" && chmod u+w "$2" && printf '\002' | dd of="$2" bs=1 seek=5 conv=notrunc status=none &&
  printf '\000\003\000\026' | dd of="$2" bs=1 seek=16 conv=notrunc status=none
