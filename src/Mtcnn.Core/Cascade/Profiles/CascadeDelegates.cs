using Mtcnn.Faces;
using Mtcnn.Pixels;
using Mtcnn.Sampling;

namespace Mtcnn.Cascade.Profiles;

/// <summary>The levels of an image's pyramid, from the largest to the smallest.</summary>
/// <param name="image">The image's size.</param>
/// <param name="settings">The sizes of faces that are looked for.</param>
internal delegate IEnumerable<PyramidLevel> PyramidRule(ImageSize image, PyramidSettings settings);

/// <summary>
/// Brings a region of an image to a network's size and writes it in the form the networks were trained on: normalised to
/// about -1 to 1 and transposed, one plane per channel: the value of the tile's pixel <c>(x, y)</c> of channel c goes to
/// <c>(c * tile.Width + x) * tile.Height + y</c>. Thread-safe.
/// </summary>
/// <param name="image">The image.</param>
/// <param name="what">The region, the size and the tile.</param>
/// <param name="planes">Room for the values (see <see cref="Resampling.Length"/>).</param>
/// <exception cref="ArgumentException">As <see cref="Resampling.Check"/> says.</exception>
internal delegate void ResampleRule(BgrImage image, in Resampling what, Span<float> planes);

/// <summary>The window that a cell of 12net stands for, in pixels of the image.</summary>
internal delegate Box CellRule(in ProposalCell cell);
