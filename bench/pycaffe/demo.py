#!/usr/bin/env python3
"""The demo of the mtcnn-caffe repository in Python on pycaffe: what a user of Caffe has today, and the suite's yardstick.

    demo.py MODELS

MODELS is a folder with 12net, 24net and 48net (.prototxt and .caffemodel). Answers one line of JSON on standard output for each on standard
input, until that ends:

    {"image": FILE}                    the faces, and the milliseconds from pixels to faces
    {"net": NAME, "shape": [N, C, H, W]} the milliseconds of one forward pass over random numbers

Every answer has peak_kb: the most memory that the process has held. The threads are OPENBLAS_NUM_THREADS'. The algorithm is
docs/cascade.md's; as in that demo, arithmetic over boxes is numpy's, crops are cut and resized one by one, and the image is
normalised as a whole, in doubles.
"""
import json
import os
import sys
import time

import cv2
import numpy as np

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "tests", "pycaffe"))
import oracle

THRESHOLDS = 0.6, 0.6, 0.7
FACTOR = 0.709
CELL = 12


def level_scales(width, height):
    first = 1.0
    if min(width, height) > 1000:
        first = 1000.0 / min(width, height)
    elif max(width, height) < 1000:
        first = 1000.0 / max(width, height)
    scales = []
    shorter = min(int(width * first), int(height * first))
    while shorter >= CELL:
        scales.append(first * FACTOR ** len(scales))
        shorter *= FACTOR
    return scales


def suppress(boxes, scores, threshold, of_smaller=False):
    """The indices of the boxes that stay, in falling score."""
    left, top, right, bottom = boxes[:, :4].T
    area = (right - left + 1) * (bottom - top + 1)
    rest = np.argsort(scores)[::-1]
    kept = []
    while len(rest):
        best, rest = rest[0], rest[1:]
        kept.append(best)
        width = np.maximum(0, np.minimum(right[best], right[rest]) - np.maximum(left[best], left[rest]) + 1)
        height = np.maximum(0, np.minimum(bottom[best], bottom[rest]) - np.maximum(top[best], top[rest]) + 1)
        common = width * height
        whole = np.minimum(area[best], area[rest]) if of_smaller else area[best] + area[rest] - common
        rest = rest[common / whole <= threshold]
    return np.array(kept, dtype=int)


def square(boxes):
    width, height = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    side = np.maximum(width, height)
    left, top = boxes[:, 0] + (width - side) * 0.5, boxes[:, 1] + (height - side) * 0.5
    return np.stack([left, top, left + side, top + side], axis=1)


def to_pixels(boxes, width, height):
    """Clamped to the image and truncated; and which of them hold a pixel."""
    boxes = np.trunc(np.stack(
        [np.maximum(boxes[:, 0], 0), np.maximum(boxes[:, 1], 0), np.minimum(boxes[:, 2], width), np.minimum(boxes[:, 3], height)], axis=1))
    return boxes, (boxes[:, 2] > boxes[:, 0]) & (boxes[:, 3] > boxes[:, 1])


def regress(boxes, offsets):
    sides = np.stack([boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]] * 2, axis=1)
    return boxes + offsets * sides


class Demo:
    def __init__(self, caffe, models):
        self.nets = {
            name: caffe.Net(os.path.join(models, name + ".prototxt"), caffe.TEST, weights=os.path.join(models, name + ".caffemodel"))
            for name in ("12net", "24net", "48net")
        }

    def propose(self, image):
        height, width = image.shape[:2]
        net = self.nets["12net"]
        all_boxes, all_scores = [np.zeros((0, 4))], [np.zeros(0)]
        for scale in level_scales(width, height):
            columns, rows = int(width * scale), int(height * scale)
            level = cv2.resize(image, (columns, rows))
            net.blobs["data"].reshape(1, 3, columns, rows)
            net.blobs["data"].data[...] = np.swapaxes(level, 0, 2)
            out = net.forward()
            faces = out["prob1"][0, 1]
            side = max(faces.shape)
            stride = 0 if side == 1 else (2.0 * side - 1) / (side - 1)
            cells = np.argwhere(faces >= np.float32(THRESHOLDS[0]))
            back = 1 / scale
            windows = np.concatenate([np.trunc(stride * cells * back), np.trunc((stride * cells + CELL - 1) * back)], axis=1)
            windows += out["conv4-2"][0][:, cells[:, 0], cells[:, 1]].T.astype(float) * CELL * back
            boxes, whole = to_pixels(square(windows), width, height)
            boxes, scores = boxes[whole], faces[cells[:, 0], cells[:, 1]][whole]
            kept = suppress(boxes, scores, 0.5)
            all_boxes.append(boxes[kept])
            all_scores.append(scores[kept])
        boxes, scores = np.concatenate(all_boxes), np.concatenate(all_scores)
        return boxes[suppress(boxes, scores, 0.7)]

    def judge(self, name, image, boxes, side):
        net = self.nets[name]
        net.blobs["data"].reshape(len(boxes), 3, side, side)
        for index, (left, top, right, bottom) in enumerate(boxes.astype(int)):
            crop = cv2.resize(image[top:bottom, left:right], (side, side))
            net.blobs["data"].data[index] = np.swapaxes(crop, 0, 2)
        return net.forward()

    def detect(self, pixels):
        """Rows of left, top, right, bottom, score, and the landmarks: five x, then five y."""
        height, width = pixels.shape[:2]
        image = (pixels - 127.5) / 128
        boxes = self.propose(image)
        if len(boxes):
            out = self.judge("24net", image, boxes, 24)
            passed = out["prob1"][:, 1] >= np.float32(THRESHOLDS[1])
            scores = out["prob1"][passed, 1]
            boxes, whole = to_pixels(square(regress(boxes[passed], out["conv5-2"][passed].astype(float))), width, height)
            boxes, scores = boxes[whole], scores[whole]
            boxes = boxes[suppress(boxes, scores, 0.7)]
        if not len(boxes):
            return np.zeros((0, 15))
        out = self.judge("48net", image, boxes, 48)
        passed = out["prob1"][:, 1] >= np.float32(THRESHOLDS[2])
        crops, scores, points = boxes[passed], out["prob1"][passed, 1], out["conv6-3"][passed].astype(float)
        x = crops[:, :1] + (crops[:, 2:3] - crops[:, :1]) * points[:, :5]
        y = crops[:, 1:2] + (crops[:, 3:4] - crops[:, 1:2]) * points[:, 5:]
        boxes, whole = to_pixels(regress(crops, out["conv6-2"][passed].astype(float)), width, height)
        faces = np.concatenate([boxes, scores[:, np.newaxis], x, y], axis=1)[whole]
        return faces[suppress(faces, faces[:, 4], 0.7, of_smaller=True)]

    def time_net(self, name, shape):
        net = self.nets[name]
        if net.blobs["data"].data.shape != tuple(shape):
            net.blobs["data"].reshape(*shape)
            net.reshape()
            net.blobs["data"].data[...] = np.random.RandomState(1).uniform(-1, 1, shape)
        began = time.perf_counter()
        net.forward()
        return 1e3 * (time.perf_counter() - began)


def peak_kb():
    with open("/proc/self/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    demo = Demo(oracle.import_pycaffe(), sys.argv[1])
    cv2.setNumThreads(int(os.environ.get("OPENBLAS_NUM_THREADS", "0")) or cv2.getNumThreads())
    last, pixels = None, None
    for line in sys.stdin:
        job = json.loads(line)
        if "net" in job:
            answer = {"milliseconds": demo.time_net(job["net"], job["shape"])}
        else:
            if job["image"] != last:
                last, pixels = job["image"], cv2.imread(job["image"])
                if pixels is None:
                    raise ValueError("%s is not an image" % job["image"])
            began = time.perf_counter()
            faces = demo.detect(pixels)
            answer = {"milliseconds": 1e3 * (time.perf_counter() - began), "faces": faces.tolist()}
        print(json.dumps({**answer, "peak_kb": peak_kb()}), flush=True)


if __name__ == "__main__":
    oracle.run(main)
