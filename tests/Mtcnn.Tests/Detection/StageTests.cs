using CaffeSharp.Tests.Support;
using Mtcnn.Cascade.Nets;
using Mtcnn.Cascade.Profiles;
using Mtcnn.Cascade.Stages;
using Mtcnn.Detection;
using Mtcnn.Faces;
using Mtcnn.Imaging;
using Mtcnn.Tests.Support;
using OpenCvSharp;

namespace Mtcnn.Tests.Detection;

/// <summary>The stages of the cascade, each called separately.</summary>
public sealed class StageTests
{
    [Theory]
    [InlineData("authors")]
    [InlineData("mtcnn-caffe")]
    public void Stages_called_one_after_the_other_give_what_the_detector_gives(string name)
    {
        CascadeProfile profile = CascadeProfile.Parse(name);
        using Mat image = ImageReader.Read(SharedFiles.Image("dlib-faces/2008_002506.jpg"));
        using CascadeNets nets = Detectors.LoadNets();
        IReadOnlyList<PyramidLevel> levels =
            profile.Levels(image.AsView().Size, new PyramidSettings());

        IReadOnlyList<ScoredBox> proposed = new ProposalStage(nets.Proposal, profile).Run(image.AsView(), levels, profile.Thresholds.Proposal);
        IReadOnlyList<ScoredBox> refined = new RefinementStage(nets.Refinement, profile).Run(image.AsView(), proposed, profile.Thresholds.Refinement);
        IReadOnlyList<Face> faces = new OutputStage(nets.Output, profile).Run(image.AsView(), refined, profile.Thresholds.Output);

        CascadeResult expected = Detectors.Of(name).DetectWithStages(image);
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
        SharedFolder.RequireOriginals();
        using Mat image = ImageReader.Read(SharedFiles.Image("astronaut.png"));
        using CascadeNets nets = Detectors.LoadNets();
        Face face = Assert.Single(Detectors.Of(name).Detect(image));

        Face refined = Assert.Single(new LandmarkRefinement(nets.Landmarks!).Run(image.AsView(), [face]));

        Assert.Equal(face with { Landmarks = refined.Landmarks }, refined);
        Assert.All(Enumerable.Range(0, Landmarks.Count), i => Assert.InRange(face.Landmarks[i].DistanceTo(refined.Landmarks[i]), 0.01, 5));
        Assert.InRange(refined.Landmarks.LeftEye.DistanceTo(new ImagePoint(203.6, 100.7)), 0, 1);
    }

    [Fact]
    public void Stages_take_an_image_of_any_format_and_give_what_its_BGR_gives()
    {
        using Mat image = ImageReader.Read(SharedFiles.Image("astronaut.png"));
        using Mat gray = image.CvtColor(ColorConversionCodes.BGR2GRAY);
        using Mat equal = gray.CvtColor(ColorConversionCodes.GRAY2BGR);
        using Mat deep = new(50, 50, MatType.CV_16UC1, Scalar.All(0));
        using CascadeNets nets = Detectors.LoadNets();
        ProposalStage stage = new(nets.Proposal, CascadeProfile.Authors);
        IReadOnlyList<PyramidLevel> levels = CascadeProfile.Authors.Levels(gray.AsView().Size, new PyramidSettings());

        IReadOnlyList<ScoredBox> boxes = stage.Run(gray.AsView(), levels, 0.6);

        Assert.NotEmpty(boxes);
        Assert.Equal(stage.Run(equal.AsView(), levels, 0.6), boxes);
        Assert.Contains("CV_16UC1", Assert.Throws<ArgumentException>(() => deep.AsView()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("authors")]
    [InlineData("mtcnn-caffe")]
    public void Refinement_of_a_box_without_a_pixel_is_refused(string name)
    {
        using Mat image = new(50, 50, MatType.CV_8UC3, Scalar.Black);
        using CascadeNets nets = Detectors.LoadNets();
        RefinementStage stage = new(nets.Refinement, CascadeProfile.Parse(name));

        ArgumentException exception =
            Assert.Throws<ArgumentException>(() => stage.Run(image.AsView(), [new ScoredBox(new Box(20, 20, 10, 30), 1)], 0.6));

        Assert.Contains("holds no pixel", exception.Message, StringComparison.Ordinal);
    }
}
