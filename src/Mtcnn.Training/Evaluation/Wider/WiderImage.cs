using Mtcnn.Faces;

namespace Mtcnn.Training.Evaluation.Wider;

/// <summary>An image of WIDER FACE.</summary>
/// <param name="Event">The folder it is in, such as "0--Parade".</param>
/// <param name="Name">The file's name without its extension.</param>
/// <param name="Boxes">All marked boxes.</param>
/// <param name="Counted">For each <see cref="WiderDifficulty"/> the indices of the boxes to count. Other boxes are ignored.</param>
public sealed record WiderImage(
    string Event, string Name, IReadOnlyList<Box> Boxes, IReadOnlyDictionary<WiderDifficulty, IReadOnlyList<int>> Counted)
{
    /// <summary>The image file inside the folder of images: "event/name.jpg".</summary>
    public string RelativePath => $"{Event}/{Name}.jpg";
}
