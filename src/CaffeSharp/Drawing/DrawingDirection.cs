namespace CaffeSharp;

/// <summary>Which way the layers of a drawing run: Graphviz's rankdir.</summary>
public enum DrawingDirection
{
    /// <summary>From left to right: rankdir LR, which is pycaffe's default.</summary>
    LeftToRight,

    /// <summary>From top to bottom: rankdir TB.</summary>
    TopToBottom,

    /// <summary>From right to left: rankdir RL.</summary>
    RightToLeft,

    /// <summary>From bottom to top, as papers of Caffe's time have it: rankdir BT.</summary>
    BottomToTop,
}
