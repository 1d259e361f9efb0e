namespace Mtcnn.Imaging;

/// <summary>The file formats that <see cref="ImageReader"/> decodes.</summary>
public enum ImageFormat
{
    /// <summary>JPEG: gray, colour and CMYK; baseline and progressive; 8 bits.</summary>
    Jpeg,

    /// <summary>PNG, 1 to 16 bits a channel.</summary>
    Png,

    /// <summary>GIF; the first frame of an animation.</summary>
    Gif,

    /// <summary>Windows bitmap.</summary>
    Bmp,

    /// <summary>WebP; the first frame of an animation.</summary>
    WebP,

    /// <summary>TIFF; the first page.</summary>
    Tiff,

    /// <summary>PBM, PGM and PPM, plain or binary.</summary>
    Pnm,

    /// <summary>JPEG 2000, as a JP2 file or a bare code stream.</summary>
    Jpeg2000,
}
