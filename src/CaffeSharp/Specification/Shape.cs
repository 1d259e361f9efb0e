namespace CaffeSharp;

/// <summary>Makes shapes for layers' parameters.</summary>
public static class Shape
{
    /// <summary>The message of a shape.</summary>
    /// <param name="dimensions">The dimensions, outermost first.</param>
    public static Messages.BlobShape Of(params ReadOnlySpan<long> dimensions)
    {
        Messages.BlobShape shape = new();
        foreach (long dimension in dimensions)
        {
            shape.Dim.Add(dimension);
        }

        return shape;
    }
}
