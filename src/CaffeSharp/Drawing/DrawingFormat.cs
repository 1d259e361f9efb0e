namespace CaffeSharp;

/// <summary>How a drawing of a net is written.</summary>
public enum DrawingFormat
{
    /// <summary>Graphviz's language, as text. It needs no other program.</summary>
    Dot,

    /// <summary>An image of lines and text that can be searched and scaled. Made by Graphviz's program dot.</summary>
    Svg,

    /// <summary>An image of pixels. Made by Graphviz's program dot.</summary>
    Png,
}
