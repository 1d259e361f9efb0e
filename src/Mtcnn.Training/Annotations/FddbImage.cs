namespace Mtcnn.Training.Annotations;

/// <summary>An image of FDDB.</summary>
/// <param name="Name">Its path inside the folder of images, without ".jpg", such as "2002/08/11/big/img_591".</param>
/// <param name="Faces">The marked faces.</param>
public sealed record FddbImage(string Name, IReadOnlyList<FddbEllipse> Faces)
{
    /// <summary>The file and line that name the image, as in <c>list.txt(7)</c>, for messages; null if unknown.</summary>
    public string? Place { get; init; }

    /// <summary>The image file inside the folder of images.</summary>
    public string RelativePath => Name + ".jpg";
}
