using Mtcnn.Detection;
using Mtcnn.Faces;
using Mtcnn.Pixels;

namespace Mtcnn.Tracking;

/// <summary>
/// Follows faces over the frames of a video: a detector finds them every few frames, 48net alone finds them again in between, and each keeps an identity by where its
/// box and its landmarks are. A face that crosses behind another, or leaves and comes back, may get a new identity: nothing here recognises people.
/// One tracker a video, one call at a time; several may share a detector, which is the caller's and has to outlive them.
/// </summary>
public sealed class FaceTracker
{
    private readonly FaceDetector _detector;
    private readonly FaceTrackerOptions _options;
    private readonly List<FaceTrack> _tracks = [];
    private int _frame = -1;
    private int? _detectedLast;
    private int _lastId;

    /// <summary>Makes a tracker that has seen nothing.</summary>
    /// <param name="detector">What finds the faces.</param>
    /// <param name="options">How to follow them; null for the defaults.</param>
    public FaceTracker(FaceDetector detector, FaceTrackerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(detector);
        _detector = detector;
        _options = options ?? new FaceTrackerOptions();
    }

    /// <summary>Takes the next frame.</summary>
    /// <param name="frame">The frame; of any size, but faces are followed from frame to frame only where the size stays.</param>
    /// <returns>The faces in it, by identity, the oldest first.</returns>
    /// <exception cref="ObjectDisposedException">The detector was disposed.</exception>
    public IReadOnlyList<TrackedFace> Next(ImageView frame)
    {
        FaceTrack[]? seen = Begin();
        if (seen is null || (seen.Length > 0 && !Follow(seen, _detector.DetectNear(frame, BoxesOf(seen)))))
        {
            Find(_detector.Detect(frame));
        }

        return Tracked();
    }

    /// <summary>Takes the next frame as raw pixels.</summary>
    /// <param name="pixels">The rows from top to bottom.</param>
    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="stride">Bytes from one row's start to the next one's. The last row needs no padding.</param>
    /// <param name="format">How a pixel is laid out.</param>
    /// <exception cref="ArgumentException">The sizes do not fit each other or the buffer.</exception>
    /// <inheritdoc cref="Next(ImageView)"/>
    public IReadOnlyList<TrackedFace> Next(ReadOnlySpan<byte> pixels, int width, int height, int stride, PixelFormat format) =>
        ImageView.Use(pixels, width, height, stride, format, Next);

    /// <summary>Takes the next frame, on a thread of the thread pool.</summary>
    /// <param name="frame">The frame; not to be changed meanwhile.</param>
    /// <param name="cancellationToken">Ends it early. The frame then counts as one in which no face was seen.</param>
    /// <returns>The faces in it, by identity, the oldest first.</returns>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    /// <exception cref="ObjectDisposedException">The detector was disposed.</exception>
    public Task<IReadOnlyList<TrackedFace>> NextAsync(ImageView frame, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(frame);
        return NextOfAsync(frame, cancellationToken);
    }

    private static Box[] BoxesOf(FaceTrack[] tracks) => Array.ConvertAll(tracks, track => track.Last.Box);

    /// <summary>Begins a frame.</summary>
    /// <returns>The faces of the frame before, near which to look; null if the whole frame is due to be looked through.</returns>
    private FaceTrack[]? Begin()
    {
        _frame++;
        bool isDue = _detectedLast is not { } last || _frame - last >= _options.DetectEvery;
        return isDue ? null : [.. _tracks.Where(track => track.LastFrame == _frame - 1)];
    }

    /// <summary>Whether every face of the frame before was found again. Where one was not, nothing has changed: the whole frame will be looked through.</summary>
    private bool Follow(FaceTrack[] seen, IReadOnlyList<Face> faces)
    {
        int?[] matched = TrackMatcher.Match(seen, faces, _options.LeastOverlap);
        if (matched.Contains(null))
        {
            return false;
        }

        for (int index = 0; index < seen.Length; index++)
        {
            seen[index].Seen(faces[matched[index]!.Value], _frame);
        }

        return true;
    }

    private void Find(IReadOnlyList<Face> faces)
    {
        _detectedLast = _frame;
        int?[] matched = TrackMatcher.Match(_tracks, faces, _options.LeastOverlap);
        for (int index = 0; index < matched.Length; index++)
        {
            if (matched[index] is { } face)
            {
                _tracks[index].Seen(faces[face], _frame);
            }
        }

        _tracks.RemoveAll(track => _frame - track.LastFrame > _options.KeepMissing);
        for (int face = 0; face < faces.Count; face++)
        {
            if (!matched.Contains(face))
            {
                _tracks.Add(new FaceTrack(++_lastId, faces[face], _frame));
            }
        }
    }

    private async Task<IReadOnlyList<TrackedFace>> NextOfAsync(ImageView frame, CancellationToken stop)
    {
        FaceTrack[]? seen = Begin();
        if (seen is null
            || (seen.Length > 0 && !Follow(seen, await _detector.DetectNearAsync(frame, BoxesOf(seen), stop).ConfigureAwait(false))))
        {
            Find(await _detector.DetectAsync(frame, stop).ConfigureAwait(false));
        }

        return Tracked();
    }

    private TrackedFace[] Tracked() =>
        [.. _tracks.Where(track => track.LastFrame == _frame).Select(track => new TrackedFace(track.Id, track.Last, track.FirstFrame))];
}
