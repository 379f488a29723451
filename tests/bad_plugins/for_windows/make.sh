#!/bin/sh
# The first bytes of a library for Windows. $2: what to make.
printf 'MZ\220\000' > "$2"
