#!/usr/bin/env python3
"""Prints pycaffe's coordinate maps as a JSON object: name to [axis, scale, shift], or to the name of the exception.

    coord_map.py
"""
import json

import numpy

import oracle

caffe = oracle.import_pycaffe()
from caffe import layers as L  # noqa: E402
from caffe.coord_map import coord_map_from_to, crop  # noqa: E402


def window(kind, bottom, ks=3, stride=1, pad=0, dilation=1):
    values = dict(kernel_size=ks, stride=stride, pad=pad)
    if kind == "Pooling":
        return L.Pooling(bottom, **values)
    values["dilation"] = dilation
    return getattr(L, kind)(bottom, convolution_param=dict(num_output=10, **values))


def described(make):
    try:
        axis, scale, shift = make()
    except (AssertionError, RuntimeError, caffe.coord_map.AxisMismatchException) as error:
        return type(error).__name__
    return [axis, numpy.ravel(scale).tolist(), numpy.ravel(shift).tolist()]


def main():
    data = L.Input(shape=dict(dim=[2, 1, 100, 100]))
    stacked = window("Deconvolution", window("Pooling", window("Convolution", data, 5, 1, 2), 2, 2), 4, 2, 1)
    uneven = window("Convolution", data, [3, 5], [1, 2], [0, 1])
    dilated = window("Convolution", data, 3, 1, 0, 4)
    pointwise = L.Scale(L.Dropout(L.ReLU(window("Convolution", data, 11, 4, 5))))
    sum_of_two = L.Eltwise(window("Convolution", data, 3, 1, 1), window("Convolution", data, 5, 1, 2))
    cropped = L.Crop(window("Deconvolution", data, 4, 2, 0), data, axis=2, offset=[3])
    other_axis = L.Convolution(data, convolution_param=dict(num_output=10, kernel_size=3, axis=2))
    cases = {
        "same": (data, data),
        "stacked": (stacked, data),
        "stacked_back": (data, stacked),
        "uneven": (uneven, data),
        "dilated": (dilated, data),
        "pointwise": (pointwise, data),
        "branches": (stacked, pointwise),
        "sum_of_two": (sum_of_two, data),
        "cropped": (cropped, data),
        "other_axis": (other_axis, uneven),
        "through_pixels": (L.InnerProduct(data, num_output=3), window("Convolution", data)),
        "strangers": (window("Convolution", L.Input(shape=dict(dim=[1, 1, 9, 9]))), data),
    }
    maps = {name: described(lambda tops=tops: coord_map_from_to(*tops)) for name, tops in cases.items()}
    for name, tops in {
        "crop_to_data": (window("Deconvolution", window("Convolution", data, 3, 2), 7, 2), data),
        "crop_to_wider": (data, window("Convolution", data, 5)),
        "crop_to_narrower": (window("Convolution", data, 5), data),
        "crop_to_scaled": (data, window("Pooling", data, 2, 2)),
        "crop_between": (data, window("Convolution", data, 2)),
    }.items():
        try:
            maps[name] = str(crop(*tops).fn.params["crop_param"])
        except AssertionError as error:
            maps[name] = type(error).__name__
    print(json.dumps(maps))


if __name__ == "__main__":
    oracle.run(main)
