#!/bin/sh
# For a 32-bit machine: byte 4 of the header is the size of words, and 18 the machine. $1: the good one, $2: what to make.
cp "$1" "$2" && chmod u+w "$2" && printf '\001' | dd of="$2" bs=1 seek=4 conv=notrunc status=none &&
  printf '\003' | dd of="$2" bs=1 seek=18 conv=notrunc status=none
