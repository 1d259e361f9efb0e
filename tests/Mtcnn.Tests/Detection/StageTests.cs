using Mtcnn.Detection;
using Mtcnn.Imaging;
using Mtcnn.Tests.Support;
using OpenCvSharp;

namespace Mtcnn.Tests.Detection;

/// <summary>The steps of the cascade, each called alone.</summary>
public sealed class StageTests
{
    [Theory]
    [InlineData("authors")]
    [InlineData("mtcnn-caffe")]
    public void Stages_called_one_after_the_other_give_what_the_detector_gives(string name)
    {
        CascadeProfile profile = CascadeProfile.Parse(name);
        using Mat picture = ImageReader.Read(SharedFiles.Image("dlib-faces/2008_002506.jpg"));
        using CascadeNets nets = Detectors.LoadNets();
        IReadOnlyList<PyramidLevel> levels =
            ImagePyramid.Levels(profile, new ImageSize(picture.Width, picture.Height), new PyramidSettings());

        IReadOnlyList<ScoredBox> proposed = new ProposalStage(nets.Proposal, profile).Run(picture, levels, profile.Thresholds.Proposal);
        IReadOnlyList<ScoredBox> refined = new RefinementStage(nets.Refinement, profile).Run(picture, proposed, profile.Thresholds.Refinement);
        IReadOnlyList<Face> faces = new OutputStage(nets.Output, profile).Run(picture, refined, profile.Thresholds.Output);

        CascadeResult expected = Detectors.Of(name).DetectWithStages(picture);
        Assert.NotEmpty(faces);
        Assert.Equal(expected.Proposed, proposed);
        Assert.Equal(expected.Refined, refined);
        Assert.Equal(expected.Faces, faces);
    }

    [Theory]
    [InlineData("authors")]
    [InlineData("mtcnn-caffe")]
    public void Landmark_refinement_called_alone_moves_the_landmarks_of_either_profile_and_nothing_else(string name)
    {
        using Mat picture = ImageReader.Read(SharedFiles.Image("astronaut.png"));
        using CascadeNets nets = Detectors.LoadNets();
        Face face = Assert.Single(Detectors.Of(name).Detect(picture));

        Face refined = Assert.Single(new LandmarkRefinement(nets.Landmarks!).Run(picture, [face]));

        Assert.Equal(face with { Landmarks = refined.Landmarks }, refined);
        Assert.All(Enumerable.Range(0, Landmarks.Count), i => Assert.InRange(face.Landmarks[i].DistanceTo(refined.Landmarks[i]), 0.01, 5));
        Assert.InRange(refined.Landmarks.LeftEye.DistanceTo(new ImagePoint(203.6, 100.7)), 0, 1);
    }

    [Fact]
    public void Stages_refuse_a_picture_that_is_not_8_bit_BGR()
    {
        using Mat gray = new(50, 50, MatType.CV_8UC1, Scalar.All(0));
        using CascadeNets nets = Detectors.LoadNets();

        ArgumentException exception =
            Assert.Throws<ArgumentException>(() => new ProposalStage(nets.Proposal, CascadeProfile.Authors).Run(gray, [], 0.6));

        Assert.Contains("work on an 8-bit BGR picture (CV_8UC3), not on a Mat of type CV_8UC1", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("authors")]
    [InlineData("mtcnn-caffe")]
    public void Refinement_of_a_box_without_a_pixel_is_refused(string name)
    {
        using Mat picture = new(50, 50, MatType.CV_8UC3, Scalar.Black);
        using CascadeNets nets = Detectors.LoadNets();
        RefinementStage stage = new(nets.Refinement, CascadeProfile.Parse(name));

        ArgumentException exception =
            Assert.Throws<ArgumentException>(() => stage.Run(picture, [new ScoredBox(new Box(20, 20, 10, 30), 1)], 0.6));

        Assert.Contains("holds no pixel", exception.Message, StringComparison.Ordinal);
    }
}
