#!/bin/sh
# Needs a library that is nowhere.
LC_ALL=C sed 's/libc\.so\.6/libz.so.0/g' "$1" > "$2"
