#!/bin/sh
# A name that would lead out of a directory that is made of it. $1: the good one, $2: what to make.
LC_ALL=C sed 's|good_stage|../../stag|g; s|another_stage|beside_folder|g' "$1" > "$2"
