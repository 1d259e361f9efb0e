using Mtcnn.Training.Evaluation.Fddb;

namespace Mtcnn.Training.Annotations;

/// <summary>Boxes around FDDB's ellipses.</summary>
internal static class FddbList
{
    public static AnnotationSet Read(string path, string images)
    {
        PictureCollector pictures = new(images);
        foreach (FddbPicture picture in FddbFolds.Read(path))
        {
            string place = picture.Place ?? path;
            string image = pictures.AddPicture(picture.RelativePath, place);
            foreach (FddbEllipse face in picture.Faces)
            {
                pictures.AddFace(image, new AnnotatedFace(face.Bounds, [], null) { Place = place });
            }
        }

        return pictures.ToSet(path, MatchRule.BoxOverlap);
    }
}
