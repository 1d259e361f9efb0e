#!/usr/bin/env python3
"""Runs a net of data layers in pycaffe and writes what every run gives.

    data_runs.py --prototxt NET --runs N --out OUT.npz [--phase test|train] [--seed N] [--data FILE.npy --labels FILE.npy]

--data and --labels go to the net's MemoryData layer, by set_input_arrays. OUT.npz holds float32 arrays, one for every
blob and run: BLOB/0, BLOB/1, ... Exit status as for forward.py.
"""
import argparse

import numpy

import forward
import oracle


def parse_arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False
    )
    parser.add_argument("--prototxt", required=True, type=forward.existing_file)
    parser.add_argument("--runs", required=True, type=int, metavar="N")
    parser.add_argument("--out", required=True, metavar="OUT.npz")
    parser.add_argument("--phase", choices=("test", "train"), default="test")
    parser.add_argument("--seed", type=int)
    parser.add_argument("--data", type=forward.existing_file)
    parser.add_argument("--labels", type=forward.existing_file)
    return parser.parse_args()


def main():
    arguments = parse_arguments()
    caffe = oracle.import_pycaffe()
    if arguments.seed is not None:
        caffe.set_random_seed(arguments.seed)
    net = caffe.Net(arguments.prototxt, caffe.TEST if arguments.phase == "test" else caffe.TRAIN)
    if arguments.data:
        net.set_input_arrays(numpy.load(arguments.data), numpy.load(arguments.labels))
    arrays = {}
    for run in range(arguments.runs):
        net.forward()
        for name, blob in net.blobs.items():
            arrays["%s/%d" % (name, run)] = blob.data.copy()
    forward.write_arrays(arguments.out, arrays)


if __name__ == "__main__":
    oracle.run(main)
