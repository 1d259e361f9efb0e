"""Writes the golden numbers of the layer rpn.proposal_layer.ProposalLayer with the code of py-faster-rcnn.

    python3 tests/community/proposals.py PY-FASTER-RCNN/lib tests/CaffeSharp.Tests/Community/golden

The code is Python 2. The script turns its print statements into calls and runs it with numpy alone; suppression is the
code's own py_cpu_nms.
"""
import re
import sys
import types
from pathlib import Path

import numpy as np


def load(lib, path, **names):
    text = re.sub(r"^(\s*)print (.*)$", r"\1print(\2)", (lib / path).read_text(), flags=re.M)
    text = re.sub(r"^(import|from) (caffe|yaml|fast_rcnn|generate_anchors).*$", "", text, flags=re.M)
    space = {"xrange": range, "np": np, "__name__": path, **names}
    exec(compile(text, path, "exec"), space)
    return space


def phases(before, after):
    return types.SimpleNamespace(RPN_PRE_NMS_TOP_N=before, RPN_POST_NMS_TOP_N=after, RPN_NMS_THRESH=0.7, RPN_MIN_SIZE=16)


class Blob:
    def __init__(self, data=None):
        self.data = data

    def reshape(self, *shape):
        self.data = np.zeros(shape, np.float32)


def main(lib, golden):
    anchors = load(lib, "rpn/generate_anchors.py")["generate_anchors"]
    transform = load(lib, "fast_rcnn/bbox_transform.py")
    nms = load(lib, "nms/py_cpu_nms.py")["py_cpu_nms"]
    for name, phase, shape, scales, image in [
        ("proposal_test", "TEST", (9, 14), (8, 16, 32), (140, 210, 1.3)),
        ("proposal_train", "TRAIN", (12, 8), (4, 8), (180, 120, 0.8)),
        ("proposal_small", "TEST", (3, 3), (8, 16, 32), (40, 44, 1.0)),
    ]:
        random = np.random.RandomState(len(name) + shape[0])
        count = 3 * len(scales)
        scores = random.rand(1, 2 * count, *shape).astype(np.float32)
        offsets = (random.randn(1, 4 * count, *shape) * 0.4).astype(np.float32)
        info = np.array([image], np.float32)
        layer_space = load(
            lib, "rpn/proposal_layer.py", caffe=types.SimpleNamespace(Layer=object),
            yaml=types.SimpleNamespace(load=lambda _, s=scales: {"feat_stride": 16, "scales": s}),
            cfg={"TRAIN": phases(12000, 2000), "TEST": phases(6000, 300)},
            generate_anchors=anchors, bbox_transform_inv=transform["bbox_transform_inv"],
            clip_boxes=transform["clip_boxes"], nms=nms)
        layer = layer_space["ProposalLayer"]()
        layer.param_str_, layer.phase = "", phase
        tops = [Blob(), Blob()]
        layer.setup([], tops)
        layer.forward([Blob(scores), Blob(offsets), Blob(info)], tops)
        np.savez_compressed(golden / f"{name}.npz", scores=scores, offsets=offsets, info=info,
                            rois=tops[0].data.astype(np.float32), rois_scores=tops[1].data.astype(np.float32))
        print(f"Wrote {name}.npz: {tops[0].data.shape[0]} proposals")


main(Path(sys.argv[1]), Path(sys.argv[2]))
