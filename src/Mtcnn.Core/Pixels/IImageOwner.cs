namespace Mtcnn.Pixels;

/// <summary>An image with its own memory, such as a decoded file, that is disposed by the method it is given to.</summary>
public interface IImageOwner : IDisposable
{
    /// <summary>The pixels, until the owner is disposed.</summary>
    ImageView Image { get; }
}
