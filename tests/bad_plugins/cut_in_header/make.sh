#!/bin/sh
# Not even the header of a good library is whole. $1: the good one, $2: what to make.
head -c 20 "$1" > "$2"
