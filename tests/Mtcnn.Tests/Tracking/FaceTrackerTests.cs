using Mtcnn.Detection;
using Mtcnn.Faces;
using Mtcnn.Imaging;
using Mtcnn.Pixels;
using Mtcnn.Tests.Support;
using Mtcnn.Tracking;
using OpenCvSharp;

namespace Mtcnn.Tests.Tracking;

public sealed class FaceTrackerTests
{
    private const string TwoFaces = "dlib-faces/2008_001009.jpg";

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(100)]
    public void Faces_when_the_camera_moves_keep_their_identities_and_move_with_it(int detectEvery)
    {
        using MovingPhoto video = new(TwoFaces);
        using FaceDetector detector = new();
        FaceTracker tracker = new(detector, new FaceTrackerOptions { DetectEvery = detectEvery });
        IReadOnlyList<TrackedFace> first = [];

        for (int number = 0; number < 12; number++)
        {
            using Mat frame = video.Frame(number);
            IReadOnlyList<TrackedFace> faces = tracker.Next(frame);
            first = number == 0 ? faces : first;

            Assert.Equal([1, 2], faces.Select(face => face.Id));
            Assert.All(faces, face => Assert.Equal(0, face.FirstFrame));
            for (int index = 0; index < 2; index++)
            {
                Landmarks before = first[index].Face.Landmarks, now = faces[index].Face.Landmarks;
                // The output of 48net for a slightly shifted crop differs by a fraction of the face.
                double tolerance = 0.2 * before.EyeDistance;
                Assert.InRange(now.Nose.X, before.Nose.X - video.ShiftOf(number) - tolerance, before.Nose.X - video.ShiftOf(number) + tolerance);
                Assert.InRange(now.Nose.Y, before.Nose.Y - tolerance, before.Nose.Y + tolerance);
            }
        }
    }

    [Fact]
    public void A_face_that_is_hidden_for_a_while_keeps_its_identity_and_for_longer_gets_another()
    {
        using MovingPhoto video = new(TwoFaces, step: 0);
        using Mat seen = video.Frame(0);
        using Mat hidden = seen.Clone();
        using FaceDetector detector = new();
        FaceTracker tracker = new(detector, new FaceTrackerOptions { DetectEvery = 2, KeepMissing = 3 });
        Box box = tracker.Next(seen)[1].Face.Box.ClippedTo(seen.Width, seen.Height);
        Cv2.Rectangle(hidden, new Rect((int)box.Left, (int)box.Top, (int)box.Width, (int)box.Height), Scalar.Gray, thickness: -1);
        int[] Next(Mat frame) => [.. tracker.Next(frame).Select(face => face.Id)];

        Assert.Equal([1], Next(hidden));
        Assert.Equal([1], Next(hidden));
        Assert.Equal([1, 2], Next(seen));
        for (int time = 0; time < 5; time++)
        {
            Assert.Equal([1], Next(hidden));
        }

        // New faces are detected in frames that are searched completely.
        Assert.Equal([1], Next(seen));
        Assert.Equal([1, 3], Next(seen));
    }

    [Fact]
    public async Task Frames_as_pixels_and_asynchronously_give_what_Mats_give()
    {
        using MovingPhoto video = new(TwoFaces);
        using FaceDetector detector = new();
        FaceTracker ofMats = new(detector), ofMatsLater = new(detector), ofViews = new(detector), ofViewsLater = new(detector), ofSpans = new(detector);
        for (int number = 0; number < 7; number++)
        {
            using Mat frame = video.Frame(number);
            IReadOnlyList<TrackedFace> expected = ofMats.Next(frame);

            Assert.Equal(2, expected.Count);
            Assert.Equal(expected, await ofMatsLater.NextAsync(frame));
            Assert.Equal(expected, ofViews.Next(frame.AsView()));
            Assert.Equal(expected, await ofViewsLater.NextAsync(frame.AsView()));
            Assert.Equal(expected, NextOf(ofSpans, frame));
        }
    }

    [Fact]
    public async Task Frame_that_is_cancelled_counts_as_one_without_faces_and_the_next_one_is_looked_through()
    {
        using MovingPhoto video = new(TwoFaces, step: 0);
        using Mat frame = video.Frame(0);
        using FaceDetector detector = new();
        FaceTracker tracker = new(detector, new FaceTrackerOptions { DetectEvery = 100 });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => tracker.NextAsync(frame, new CancellationToken(canceled: true)));
        IReadOnlyList<TrackedFace> faces = await tracker.NextAsync(frame);

        Assert.Equal([(1, 1), (2, 1)], faces.Select(face => (face.Id, face.FirstFrame)));
    }

    [Fact]
    public void Another_scene_gets_its_own_identities()
    {
        using FaceDetector detector = new();
        FaceTracker tracker = new(detector, new FaceTrackerOptions { DetectEvery = 50 });
        using Mat one = Cv2.ImRead(SharedFiles.Image(TwoFaces));
        using Mat other = Cv2.ImRead(SharedFiles.Image("astronaut.png"));

        Assert.Equal([1, 2], tracker.Next(one).Select(face => face.Id));
        Assert.Equal([3], tracker.Next(other).Select(face => face.Id));
        Assert.Equal([3], tracker.Next(other).Select(face => face.Id));
    }

    [Fact]
    public void Faces_near_boxes_are_those_that_a_whole_detection_finds()
    {
        using FaceDetector detector = new();
        using Mat photo = Cv2.ImRead(SharedFiles.Image(TwoFaces));
        IReadOnlyList<Face> whole = detector.Detect(photo);

        IReadOnlyList<Face> near = detector.DetectNear(photo, [.. whole.Select(face => face.Box.MovedBy(0.1 * face.Box.Width, -0.1 * face.Box.Height))]);

        Assert.Equal(whole.Count, near.Count);
        Assert.All(whole, face => Assert.Contains(near, other => other.Box.OverlapWith(face.Box) > 0.75));
        Assert.Empty(detector.DetectNear(photo, []));
        Assert.Empty(detector.DetectNear(photo, [new Box(-500, -500, -400, -400)]));
        Assert.Empty(detector.DetectNear(photo, [new Box(0, 0, 12, 12)]));
    }

    private static unsafe IReadOnlyList<TrackedFace> NextOf(FaceTracker tracker, Mat frame) => tracker.Next(
        new ReadOnlySpan<byte>((void*)frame.Data, (int)frame.Step() * frame.Height), frame.Width, frame.Height, (int)frame.Step(), PixelFormat.Bgr24);
}
