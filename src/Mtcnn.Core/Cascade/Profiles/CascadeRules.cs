using OpenCvSharp;

namespace Mtcnn.Detection;

/// <summary>The levels of a picture's pyramid, from the largest to the smallest.</summary>
/// <param name="image">The picture's size.</param>
/// <param name="settings">The sizes of faces that are looked for.</param>
public delegate IEnumerable<PyramidLevel> PyramidRule(ImageSize image, PyramidSettings settings);

/// <summary>
/// Brings a region of a picture to a network's size and writes it in the form the networks were trained on: normalised to
/// about -1 to 1 and transposed, one plane a channel: the value of the tile's pixel <c>(x, y)</c> of channel c goes to
/// <c>(c * tile.Width + x) * tile.Height + y</c>. Thread-safe.
/// </summary>
/// <param name="picture">The picture, 8-bit BGR.</param>
/// <param name="what">The region, the size and the tile.</param>
/// <param name="planes">Room for the values (see <see cref="Resampling.Length"/>).</param>
/// <exception cref="ArgumentException">As <see cref="Resampling.Check"/> says.</exception>
public delegate void ResampleRule(Mat picture, in Resampling what, Span<float> planes);

/// <summary>The window that a cell of 12net stands for, in pixels of the picture.</summary>
public delegate Box CellRule(in ProposalCell cell);

/// <summary>What becomes of a box before or after suppression.</summary>
/// <param name="box">The box.</param>
/// <param name="offsets">The network's correction of it.</param>
/// <param name="image">The picture's size.</param>
/// <returns>The box from here on, or null where it is dropped.</returns>
public delegate Box? BoxRule(Box box, BoxOffsets offsets, ImageSize image);
