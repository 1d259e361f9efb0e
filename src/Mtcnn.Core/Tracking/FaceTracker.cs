using Mtcnn.Detection;
using Mtcnn.Imaging;
using OpenCvSharp;

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
    private int _detectedLast;
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
    /// <param name="frame">Gray, 3 channels, or 4 with alpha; 8 or 16 bits a channel; of any size, but faces are followed from frame to frame only where the size stays.</param>
    /// <param name="order">The order of the channels where there are 3 or 4.</param>
    /// <returns>The faces in it, by identity, the oldest first.</returns>
    /// <exception cref="ArgumentException">The frame is empty or of another type.</exception>
    /// <exception cref="ObjectDisposedException">The detector or the frame was disposed.</exception>
    public IReadOnlyList<TrackedFace> Next(Mat frame, ChannelOrder order = ChannelOrder.Bgr)
    {
        _frame++;
        bool isDue = _frame == 0 || _frame - _detectedLast >= _options.DetectEvery;
        if (isDue || !Follow(frame, order))
        {
            _detectedLast = _frame;
            Find(_detector.Detect(frame, order));
        }

        return [.. _tracks.Where(track => track.LastFrame == _frame).Select(track => new TrackedFace(track.Id, track.Last, track.FirstFrame))];
    }

    /// <summary>Whether every face of the frame before was found again. Where one was not, nothing has changed: the whole frame will be looked through.</summary>
    private bool Follow(Mat frame, ChannelOrder order)
    {
        FaceTrack[] seen = [.. _tracks.Where(track => track.LastFrame == _frame - 1)];
        if (seen.Length == 0)
        {
            return true;
        }

        IReadOnlyList<Face> faces = _detector.DetectNear(frame, [.. seen.Select(track => track.Last.Box)], order);
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
}
