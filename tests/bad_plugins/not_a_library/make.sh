#!/bin/sh
# Text under the name of a library. $2: what to make.
echo 'hello' > "$2"
