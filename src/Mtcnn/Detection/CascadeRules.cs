using Mtcnn.Imaging;
using OpenCvSharp;

namespace Mtcnn.Detection;

/// <summary>The levels of a picture's pyramid, from the largest to the smallest.</summary>
/// <param name="image">The picture's size.</param>
/// <param name="settings">The sizes of faces that are looked for.</param>
public delegate IEnumerable<PyramidLevel> PyramidRule(ImageSize image, PyramidSettings settings);

/// <summary>Brings a region of a picture to a network's size.</summary>
/// <param name="picture">The picture, 8-bit BGR.</param>
/// <param name="region">The region, in pixels of the picture.</param>
/// <param name="size">The size to bring it to.</param>
/// <param name="order">The order in which the channels enter the network.</param>
/// <returns>The region resampled; the caller disposes it while the picture is still there.</returns>
public delegate ResampledImage ResampleRule(Mat picture, Rect region, ImageSize size, ChannelOrder order);

/// <summary>The window that a cell of 12net stands for, in pixels of the picture.</summary>
public delegate Box CellRule(in ProposalCell cell);

/// <summary>What becomes of a box before or after suppression.</summary>
/// <param name="box">The box.</param>
/// <param name="offsets">The network's correction of it.</param>
/// <param name="image">The picture's size.</param>
/// <returns>The box from here on, or null where it is dropped.</returns>
public delegate Box? BoxRule(Box box, BoxOffsets offsets, ImageSize image);
