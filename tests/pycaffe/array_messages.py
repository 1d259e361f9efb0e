#!/usr/bin/env python3
"""Writes the messages that pycaffe's caffe.io makes of arrays, in wire format.

    array_messages.py BYTES.npy FLOATS.npy FOLDER

BYTES.npy holds whole numbers from 0 to 255, both arrays have three axes. Into FOLDER go bytes.datum and floats.datum (with
the label 7), floats.blobproto (with twice the values as its diff) and both.blobprotovector. What caffe.io reads back from
each is checked against the array that it was made of. Exit status as for forward.py.
"""
import os
import sys

import numpy

import oracle


def main():
    caffe = oracle.import_pycaffe()
    array = numpy.load(sys.argv[1]).astype(numpy.uint8)
    floats = numpy.load(sys.argv[2])
    byte_datum = caffe.io.array_to_datum(array, 7)
    float_datum = caffe.io.array_to_datum(floats.astype(float), 7)
    blob = caffe.io.array_to_blobproto(floats, 2 * floats)
    vector = caffe.io.arraylist_to_blobprotovector_str([array.astype(numpy.float32), floats])
    back = (
        (caffe.io.datum_to_array(byte_datum), array),
        (caffe.io.datum_to_array(float_datum), floats),
        (caffe.io.blobproto_to_array(blob), floats),
        (caffe.io.blobprotovector_str_to_arraylist(vector)[1], floats),
    )
    for found, expected in back:
        if not numpy.array_equal(found, expected):
            raise ValueError("caffe.io does not read back what it wrote")
    for name, message in (
        ("bytes.datum", byte_datum.SerializeToString()),
        ("floats.datum", float_datum.SerializeToString()),
        ("floats.blobproto", blob.SerializeToString()),
        ("both.blobprotovector", vector),
    ):
        with open(os.path.join(sys.argv[3], name), "wb") as file:
            file.write(message)


if __name__ == "__main__":
    oracle.run(main)
