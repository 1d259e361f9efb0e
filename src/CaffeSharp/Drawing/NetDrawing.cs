using System.Text;
using CaffeSharp.Messages;

namespace CaffeSharp;

/// <summary>Draws nets, as pycaffe's caffe.draw does: boxes for layers, with type and parameters, octagons for blobs. Layers that
/// write over their blob are rounded and green, losses have a double border. DOT text is made here; images are made by
/// Graphviz's program dot (Debian's package graphviz). All members may be called from any thread; a message or net that is
/// drawn is for one thread at a time.</summary>
public static class NetDrawing
{
    /// <summary>A net as DOT text. No weights, data or files that its layers name are needed.</summary>
    /// <param name="net">The net, of any age.</param>
    /// <param name="options">What of it, and how; null for all phases from left to right.</param>
    /// <exception cref="CaffeException">It has no layers to draw, or a layer with include and exclude rules.</exception>
    /// <exception cref="NativeLibraryException">The net is of an older Caffe, and the native half, which upgrades it, cannot be
    /// loaded.</exception>
    public static string ToDot(NetParameter net, NetDrawingOptions? options = null)
    {
        NetDrawingOptions used = options ?? new();
        DrawnNet drawn = DrawnNet.Of(net, used);
        return drawn.Layers.Count > 0
            ? DotWriter.Write(drawn, used)
            : throw new CaffeException(
                $"There is nothing to draw: the net '{net.Name}' has no layers" +
                (used.Phase is { } phase && net.Layer.Count > 0 ? $" in phase {phase}." : "."))
            {
                Kind = CaffeErrorKind.Argument,
            };
    }

    /// <summary>A loaded net as DOT text, with the shapes of its blobs as they are now. Splits that Caffe inserted are left
    /// out.</summary>
    /// <param name="net">The net.</param>
    /// <param name="options">How; null for from left to right. The net's own phase counts.</param>
    /// <exception cref="ObjectDisposedException">The net is disposed.</exception>
    /// <exception cref="CaffeException">Another thread is inside the net.</exception>
    public static string ToDot(Net net, NetDrawingOptions? options = null) => DotWriter.Write(DrawnNet.Of(net), options ?? new());

    /// <summary>Draws a net.</summary>
    /// <param name="net">The net, of any age.</param>
    /// <param name="format">The format.</param>
    /// <param name="options">What of it, and how; null for all phases from left to right.</param>
    /// <param name="cancellationToken">Ends the drawing.</param>
    /// <returns>The image's bytes; UTF-8 for text.</returns>
    /// <exception cref="CaffeException">As for <see cref="ToDot(NetParameter, NetDrawingOptions)"/>; or Graphviz's program dot is
    /// not installed (<see cref="CaffeErrorKind.Unsupported"/>) or fails.</exception>
    /// <exception cref="NativeLibraryException">The net is of an older Caffe, and the native half cannot be loaded.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Task<byte[]> DrawAsync(
        NetParameter net, DrawingFormat format, NetDrawingOptions? options = null, CancellationToken cancellationToken = default) =>
        RenderAsync(ToDot(net, options), format, cancellationToken);

    /// <summary>Draws a loaded net, with the shapes of its blobs as they are now.</summary>
    /// <param name="net">The net.</param>
    /// <param name="format">The format.</param>
    /// <param name="options">How; null for from left to right. The net's own phase counts.</param>
    /// <param name="cancellationToken">Ends the drawing.</param>
    /// <returns>The image's bytes; UTF-8 for text.</returns>
    /// <exception cref="ObjectDisposedException">The net is disposed.</exception>
    /// <exception cref="CaffeException">Another thread is inside the net; or Graphviz's program dot is not installed
    /// (<see cref="CaffeErrorKind.Unsupported"/>) or fails.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Task<byte[]> DrawAsync(
        Net net, DrawingFormat format, NetDrawingOptions? options = null, CancellationToken cancellationToken = default) =>
        RenderAsync(ToDot(net, options), format, cancellationToken);

    /// <summary>Draws a net into a file, in the format that the file's name ends with: .dot or .gv, .svg, .png.</summary>
    /// <param name="net">The net, of any age.</param>
    /// <param name="path">The file, which is replaced, and appears whole or not at all.</param>
    /// <param name="options">What of it, and how; null for all phases from left to right.</param>
    /// <param name="cancellationToken">Ends the drawing.</param>
    /// <exception cref="ArgumentException">The path is empty, or ends with none of these.</exception>
    /// <exception cref="CaffeException">As for drawing; or the file cannot be written.</exception>
    /// <exception cref="NativeLibraryException">The net is of an older Caffe, and the native half cannot be loaded.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; there is no new file.</exception>
    public static async Task DrawFileAsync(
        NetParameter net, string path, NetDrawingOptions? options = null, CancellationToken cancellationToken = default)
    {
        DrawingFormat format = FormatOf(path);
        MessageFile.Write(path, await DrawAsync(net, format, options, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Draws a loaded net into a file, in the format that the file's name ends with: .dot or .gv, .svg, .png.</summary>
    /// <param name="net">The net.</param>
    /// <param name="path">The file, which is replaced, and appears whole or not at all.</param>
    /// <param name="options">How; null for from left to right. The net's own phase counts.</param>
    /// <param name="cancellationToken">Ends the drawing.</param>
    /// <exception cref="ArgumentException">The path is empty, or ends with none of these.</exception>
    /// <exception cref="ObjectDisposedException">The net is disposed.</exception>
    /// <exception cref="CaffeException">As for drawing; or the file cannot be written.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; there is no new file.</exception>
    public static async Task DrawFileAsync(
        Net net, string path, NetDrawingOptions? options = null, CancellationToken cancellationToken = default)
    {
        DrawingFormat format = FormatOf(path);
        MessageFile.Write(path, await DrawAsync(net, format, options, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>The format that a file's name ends with.</summary>
    /// <param name="path">The file: .dot or .gv, .svg, .png, in any letter case.</param>
    /// <exception cref="ArgumentException">The path is empty, or ends with none of these.</exception>
    public static DrawingFormat FormatOf(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".DOT" or ".GV" => DrawingFormat.Dot,
            ".SVG" => DrawingFormat.Svg,
            ".PNG" => DrawingFormat.Png,
            _ => throw new ArgumentException($"{path} ends with none of .dot, .gv, .svg and .png, which say how to draw.", nameof(path)),
        };
    }

    private static Task<byte[]> RenderAsync(string dot, DrawingFormat format, CancellationToken stop) => format switch
    {
        DrawingFormat.Dot => Task.FromResult(Encoding.UTF8.GetBytes(dot)),
        DrawingFormat.Svg => Graphviz.RenderAsync(dot, "svg", stop),
        DrawingFormat.Png => Graphviz.RenderAsync(dot, "png", stop),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "There is no such format."),
    };
}
