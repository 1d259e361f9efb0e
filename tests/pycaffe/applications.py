#!/usr/bin/env python3
"""Does jobs of pycaffe's applications - io, Classifier, Detector - and writes what comes out.

    applications.py --jobs JOBS.json --out OUT.npz

JOBS.json is a list of objects, each with "name" (that of its array in OUT.npz) and "kind":

    resize      image, height, width                      caffe.io.resize_image
    oversample  images, height, width                     caffe.io.oversample
    preprocess  shape, settings, image                    caffe.io.Transformer.preprocess
    deprocess   shape, settings, image                    caffe.io.Transformer.deprocess
    classify    prototxt, weights, settings, images, oversample, [image_dims]
    detect      prototxt, weights, settings, images, windows (a list for each image), [context_pad]

Images are .npy files: height x width x channels, floats. settings has any of transpose, channel_swap, raw_scale, mean (a
.npy file) and input_scale; Classifier and Detector transpose by themselves.

pycaffe resizes with skimage and scipy, as they were before skimage blurred what it makes smaller. Where they are not
installed their formulas stand in for them, as products of matrices.
"""
import argparse
import json

import numpy as np

import oracle


def area_weights(length, new_length):
    """Pixels are areas; beyond the border everything is 0."""
    position = (np.arange(new_length) + 0.5) * length / new_length - 0.5
    return np.clip(1 - np.abs(position[:, np.newaxis] - np.arange(length)), 0, None)


def corner_weights(length, new_length):
    """Pixels are points; the first and the last stay where they are."""
    position = np.linspace(0, length - 1, new_length)
    return np.clip(1 - np.abs(position[:, np.newaxis] - np.arange(length)), 0, None)


def apply(rows, image, columns):
    return np.einsum("jw,iwk->ijk", columns, np.einsum("ih,hwk->iwk", rows, image.astype(np.float64)))


def resize(image, new_dims, order, mode):
    """skimage.transform.resize."""
    assert (order, mode) == (1, "constant")
    return apply(area_weights(image.shape[0], new_dims[0]), image, area_weights(image.shape[1], new_dims[1]))


def zoom(image, scale, order):
    """scipy.ndimage.zoom."""
    assert order == 1
    height, width = (int(round(length * factor)) for length, factor in zip(image.shape, scale[:2]))
    return apply(corner_weights(image.shape[0], height), image, corner_weights(image.shape[1], width))


def use_resizing_of_old(io):
    # None where oracle.py had to put empty modules in the place of skimage and scipy.
    if io.resize is None:
        io.resize = resize
    else:
        blurring = io.resize
        io.resize = lambda image, new_dims, **options: blurring(image, new_dims, anti_aliasing=False, **options)
    if io.zoom is None:
        io.zoom = zoom


class Sliceable(np.ndarray):
    """An image that Detector.crop can slice: it does so with floats, which NumPy refuses since 1.12."""

    def __getitem__(self, key):
        if isinstance(key, tuple):
            key = tuple(slice(int(k.start), int(k.stop)) if isinstance(k, slice) and k.start is not None else k for k in key)
        return super().__getitem__(key)


def load(path):
    return np.load(path, allow_pickle=False).astype(np.float32)


def read_settings(job):
    settings = dict(job.get("settings", {}))
    if "mean" in settings:
        settings["mean"] = np.load(settings["mean"], allow_pickle=False)
    return settings


def transformer(caffe, job):
    result = caffe.io.Transformer({"data": tuple(job["shape"])})
    for name, value in read_settings(job).items():
        getattr(result, "set_" + name)("data", value)
    return result


def classify(caffe, job):
    net = caffe.Classifier(job["prototxt"], job["weights"], image_dims=job.get("image_dims"), **read_settings(job))
    return net.predict([load(path) for path in job["images"]], oversample=job["oversample"])


def detect(caffe, job):
    net = caffe.Detector(job["prototxt"], job["weights"], context_pad=job.get("context_pad"), **read_settings(job))
    found = net.detect_windows(list(zip(job["images"], job["windows"])))
    return np.array([one["prediction"] for one in found])


def do(caffe, job):
    kind = job["kind"]
    if kind == "resize":
        return caffe.io.resize_image(load(job["image"]), (job["height"], job["width"]))
    if kind == "oversample":
        return caffe.io.oversample([load(path) for path in job["images"]], (job["height"], job["width"]))
    if kind == "preprocess":
        return transformer(caffe, job).preprocess("data", load(job["image"]))
    if kind == "deprocess":
        return transformer(caffe, job).deprocess("data", load(job["image"]))
    return {"classify": classify, "detect": detect}[kind](caffe, job)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False
    )
    parser.add_argument("--jobs", required=True)
    parser.add_argument("--out", required=True, metavar="OUT.npz")
    arguments = parser.parse_args()
    caffe = oracle.import_pycaffe()
    use_resizing_of_old(caffe.io)
    caffe.io.load_image = lambda path: load(path).view(Sliceable)
    with open(arguments.jobs, encoding="utf-8") as file:
        jobs = json.load(file)
    np.savez(arguments.out, **{job["name"]: np.asarray(do(caffe, job), dtype=np.float32) for job in jobs})


if __name__ == "__main__":
    oracle.run(main)
