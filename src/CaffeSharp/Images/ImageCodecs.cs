namespace CaffeSharp;

/// <summary>The codec of this process: the registered one, or else that of the package CaffeSharp.Imaging.</summary>
internal static class ImageCodecs
{
    /// <summary>The package with the codec; also its assembly's name.</summary>
    internal const string Package = "CaffeSharp.Imaging";

    private static readonly Lazy<IImageCodec?> s_ofPackage = new(FindPackage);
    private static IImageCodec? s_registered;

    /// <summary>The registered codec; null for that of the package.</summary>
    internal static IImageCodec? Registered
    {
        get => Volatile.Read(ref s_registered);
        set => Volatile.Write(ref s_registered, value);
    }

    /// <exception cref="CaffeException">There is no codec (<see cref="CaffeErrorKind.Unsupported"/>).</exception>
    internal static IImageCodec Current => Registered ?? s_ofPackage.Value ?? throw Missing();

    private static IImageCodec? FindPackage()
    {
        // A constant name: the trimmer and the ahead-of-time compiler keep the type where the program refers to the package.
        Type? type = Type.GetType("CaffeSharp.Imaging.OpenCvImageCodec, CaffeSharp.Imaging");
        return type is null ? null : (IImageCodec?)Activator.CreateInstance(type);
    }

    private static CaffeException Missing() => new(
        $"Images are decoded, encoded and resized by the package {Package}, which this program does not refer to. Add it: " +
        $"dotnet add package {Package}")
    {
        Kind = CaffeErrorKind.Unsupported,
    };
}
