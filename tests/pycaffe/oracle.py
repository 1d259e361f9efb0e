"""Imports pycaffe for the scripts beside this file, quietly and without the packages that it never needs here."""
import importlib.util
import os
import sys
import types


def import_pycaffe():
    """Returns the module `caffe`, in CPU mode.

    caffe/io.py imports skimage and scipy at its top, for reading and resizing image files. Arrays come to these
    scripts as .npy, so where those two are not installed an empty module stands in their place; a call into it fails.
    """
    os.environ.setdefault("GLOG_minloglevel", "2")
    for package, module, names in (
        ("skimage", "skimage.io", ()),
        ("skimage", "skimage.transform", ("resize",)),
        ("scipy", "scipy.ndimage", ("zoom",)),
    ):
        stand_in = sys.modules.get(package)
        if stand_in is None and importlib.util.find_spec(package) is not None:
            continue
        if stand_in is not None and not getattr(stand_in, "stands_in", False):
            continue
        if stand_in is None:
            stand_in = types.ModuleType(package)
            stand_in.stands_in = True
            sys.modules[package] = stand_in
        part = types.ModuleType(module)
        for name in names:
            setattr(part, name, None)
        setattr(stand_in, module.rpartition(".")[2], part)
        sys.modules[module] = part
    try:
        import caffe
    except ImportError as error:
        raise RuntimeError("this Python (%s) cannot import caffe: %s" % (sys.executable, error)) from error
    caffe.set_mode_cpu()
    return caffe


def run(main):
    """Runs main() and turns what the caller did wrong into one line on standard error and exit status 1."""
    try:
        main()
    except (OSError, RuntimeError, ValueError, KeyError) as error:
        message = error.args[0] if isinstance(error, KeyError) and error.args else error
        sys.exit("%s: error: %s" % (os.path.basename(sys.argv[0]), message))
