using Mtcnn.Pixels;

namespace Mtcnn.Cascade.Profiles;

/// <summary>
/// A published way to run the cascade: everything in which the ways differ is here, and the steps ask for nothing else.
/// Immutable and thread-safe; a variant with other thresholds is made with <c>with</c>.
/// </summary>
public sealed record CascadeProfile
{
    internal CascadeProfile(string name, Thresholds thresholds, CascadeRules rules)
    {
        Name = name;
        Thresholds = thresholds;
        Rules = rules;
    }

    /// <summary>
    /// The algorithm of the people who trained the weights (Zhang et al., "Joint Face Detection and Alignment using
    /// Multi-task Cascaded Convolutional Networks", 2016): RGB, black outside the image. Finds more; the default.
    /// </summary>
    public static CascadeProfile Authors { get; } = AuthorsRules.Profile;

    /// <summary>The demo of the mtcnn-caffe repository, exactly: BGR, boxes clamped to whole pixels of the image.</summary>
    public static CascadeProfile MtcnnCaffe { get; } = MtcnnCaffeRules.Profile;

    /// <summary>All published profiles; the default is first.</summary>
    public static IReadOnlyList<CascadeProfile> All { get; } = [Authors, MtcnnCaffe];

    /// <summary>The name that <see cref="Parse"/> knows.</summary>
    public string Name { get; }

    /// <summary>The published thresholds.</summary>
    public Thresholds Thresholds { get; init; }

    /// <summary>Everything else in which the profiles differ.</summary>
    internal CascadeRules Rules { get; init; }

    /// <summary>The levels of an image's pyramid, from the largest (small faces) to the smallest (large faces).</summary>
    /// <param name="image">The image's size.</param>
    /// <param name="settings">The sizes of faces that are looked for.</param>
    /// <returns>The levels; none if the image is smaller than the smallest face.</returns>
    public IReadOnlyList<PyramidLevel> Levels(ImageSize image, PyramidSettings settings)
    {
        IEnumerable<PyramidLevel> levels = Rules.Pyramid(image, settings)
            .TakeWhile(level => level.Width >= PyramidLevel.CellSide && level.Height >= PyramidLevel.CellSide);

        // One level beyond the largest face stays: the networks shrink a window by up to about one step.
        return settings.MaximumFace is { } largest
            ? [.. levels.TakeWhile(level => level.WindowSide * settings.Factor <= largest)]
            : [.. levels];
    }

    /// <summary>Finds a profile by its name, in any case.</summary>
    /// <exception cref="ArgumentException">No profile has that name; the message lists those that there are.</exception>
    public static CascadeProfile Parse(string name) =>
        All.FirstOrDefault(profile => string.Equals(profile.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException(
            $"There is no profile \"{name}\". The profiles are {string.Join(" and ", All.Select(profile => profile.Name))}.", nameof(name));

    /// <summary>The profile's name.</summary>
    public override string ToString() => Name;
}
