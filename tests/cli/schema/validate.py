#!/usr/bin/env python3
"""Says what of standard input does not fit a JSON Schema:  validate.py SCHEMA <DOCUMENT"""
import json
import sys

import jsonschema

with open(sys.argv[1], encoding="utf-8") as file:
    schema = json.load(file)
jsonschema.Draft202012Validator.check_schema(schema)
faults = list(jsonschema.Draft202012Validator(schema).iter_errors(json.load(sys.stdin)))
for fault in faults:
    print("/".join(map(str, fault.absolute_path)) + ": " + fault.message)
sys.exit(1 if faults else 0)
