namespace Mtcnn.Models;

/// <summary>The weights that a detector runs: paths of caffemodel files. They may be original or retrained ones.</summary>
/// <param name="Proposal">12net's weights.</param>
/// <param name="Refinement">24net's weights.</param>
/// <param name="Output">48net's weights.</param>
/// <param name="Landmarks">The fourth net's weights; null if landmarks are not refined.</param>
public sealed record ModelFiles(string Proposal, string Refinement, string Output, string? Landmarks = null)
{
    /// <summary>
    /// Whether these are the weights that this project trained itself, taken because the original ones were not found. A caller should say so: they find
    /// other faces than the originals.
    /// </summary>
    public bool AreSubstitutes { get; init; }

    /// <summary>Finds the weights where <see cref="ModelLocator"/> looks.</summary>
    /// <param name="folder">The one folder to look in; null for the usual places.</param>
    /// <param name="withLandmarks">Whether the fourth net is needed.</param>
    /// <exception cref="ModelException">A file is missing or empty; the message names every one and each folder that was looked in.</exception>
    public static ModelFiles Locate(string? folder = null, bool withLandmarks = false) => new ModelLocator(folder).Locate(withLandmarks);
}
