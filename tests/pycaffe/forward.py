#!/usr/bin/env python3
"""Runs a net in pycaffe and writes every blob.

    forward.py --prototxt NET [--weights FILE ...] [--input BLOB=FILE.npy ...] --out OUT.npz
               [--phase test|train] [--seed N] [--backward] [--diff BLOB=FILE.npy ...] [--save FILE] [--only NAME ...]
    forward.py @FILE

Each input blob is reshaped to its array, the net follows, and it is run forward once (and backward, where asked).
Weights are caffemodel or HDF5 files, copied in the order given. Input files are .npy of any number type.

OUT.npz holds float32 arrays, in the net's order, under these names (a slash in a name stays a slash):

    data/BLOB              every blob after the forward pass
    diff/BLOB              every blob's gradient after the backward pass      (with --backward)
    param/LAYER/INDEX      every parameter, weights first
    param_diff/LAYER/INDEX its gradient                                       (with --backward)

--diff gives the gradient that the backward pass starts from at a blob; without any it starts from the loss weights.
--save writes the net's parameters: as HDF5 where the name ends in .h5, else as a caffemodel.
--only keeps the arrays whose names begin with it; without any, all are kept.
@FILE runs several nets, one after the other: each line of FILE is the arguments of one, separated by tabs.

Exit status 0; 1, or 2 for a wrong argument, with a message on standard error. Where one of Caffe's own checks fails,
Caffe ends the process with SIGABRT and its message.
"""
import argparse
import os
import sys
import zipfile

import numpy

import oracle


def existing_file(path):
    if not os.path.isfile(path):
        raise argparse.ArgumentTypeError("there is no file %s" % path)
    return path


def named_array(text):
    """BLOB=FILE.npy, split at the last equals sign that leaves a file's name."""
    name, equals, path = text.rpartition("=")
    if not equals or not name:
        raise argparse.ArgumentTypeError("'%s' is not of the form BLOB=FILE.npy" % text)
    try:
        return name, numpy.load(existing_file(path), allow_pickle=False).astype(numpy.float32)
    except (ValueError, EOFError) as error:
        raise argparse.ArgumentTypeError("%s is not a .npy file: %s" % (path, error)) from error


def parse_arguments(words):
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False
    )
    parser.add_argument("--prototxt", required=True, type=existing_file)
    parser.add_argument("--weights", action="append", default=[], type=existing_file)
    parser.add_argument("--input", action="append", default=[], type=named_array, metavar="BLOB=FILE.npy")
    parser.add_argument("--out", required=True, metavar="OUT.npz")
    parser.add_argument("--phase", choices=("test", "train"), default="test")
    parser.add_argument("--seed", type=int)
    parser.add_argument("--backward", action="store_true")
    parser.add_argument("--diff", action="append", default=[], type=named_array, metavar="BLOB=FILE.npy")
    parser.add_argument("--save", metavar="FILE")
    parser.add_argument("--only", action="append", default=[], metavar="NAME")
    arguments = parser.parse_args(words)
    if arguments.diff and not arguments.backward:
        parser.error("--diff is for the backward pass; give --backward too")
    return arguments


def blob_named(net, name):
    if name not in net.blobs:
        raise KeyError("the net has no blob '%s'; it has %s" % (name, ", ".join(net.blobs)))
    return net.blobs[name]


def collect(net, part, only=()):
    """Copies one half of every blob and parameter, 'data' or 'diff', under the names of OUT.npz."""
    blob_prefix, parameter_prefix = ("data", "param") if part == "data" else ("diff", "param_diff")
    named = [("%s/%s" % (blob_prefix, name), blob) for name, blob in net.blobs.items()]
    for layer, parameters in net.params.items():
        named += [("%s/%s/%d" % (parameter_prefix, layer, index), blob) for index, blob in enumerate(parameters)]
    return {
        name: getattr(blob, part).copy() for name, blob in named if not only or name.startswith(tuple(only))
    }


def write_arrays(path, arrays):
    """numpy.savez takes names as keywords, which a blob named 'file' would break; a zip of .npy is all that it writes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, array in arrays.items():
            with archive.open(name + ".npy", "w", force_zip64=True) as entry:
                numpy.lib.format.write_array(entry, numpy.asarray(array, order="C"), allow_pickle=False)


def run_net(caffe, arguments):
    if arguments.seed is not None:
        caffe.set_random_seed(arguments.seed)
    net = caffe.Net(arguments.prototxt, caffe.TRAIN if arguments.phase == "train" else caffe.TEST)
    for weights in arguments.weights:
        net.copy_from(weights)
    for name, array in arguments.input:
        blob_named(net, name).reshape(*array.shape)
    net.reshape()
    for name, array in arguments.input:
        net.blobs[name].data[...] = array
    net.forward()
    arrays = collect(net, "data", arguments.only)
    if arguments.backward:
        for name, array in arguments.diff:
            blob_named(net, name).diff[...] = array
        net.backward()
        arrays.update(collect(net, "diff", arguments.only))
    write_arrays(arguments.out, arrays)
    if arguments.save:
        save = net.save_hdf5 if arguments.save.endswith(".h5") else net.save
        save(arguments.save)


def main():
    words = sys.argv[1:]
    if len(words) == 1 and words[0].startswith("@"):
        with open(words[0][1:], encoding="utf-8") as lines:
            runs = [parse_arguments(line.rstrip("\n").split("\t")) for line in lines]
    else:
        runs = [parse_arguments(words)]
    caffe = oracle.import_pycaffe()
    for arguments in runs:
        run_net(caffe, arguments)


if __name__ == "__main__":
    oracle.run(main)
