namespace Mtcnn.Training.Annotations;

/// <summary>Boxes around FDDB's ellipses.</summary>
internal sealed class FddbFormat() : AnnotationFormat("fddb", "FDDB's FDDB-fold-*-ellipseList.txt, or their folder; the box around each ellipse")
{
    private const int FaceWords = 6;

    internal override bool Matches(AnnotationSource source) =>
        source.FolderHas("*ellipseList.txt") || (source.CountsFaces && source.Lines.Count > 2 && source.Lines[2].Words.Length <= FaceWords);

    internal override AnnotationSet Read(AnnotationSource source)
    {
        PictureCollector pictures = new(source.Images);
        foreach (FddbPicture picture in FddbFolds.Read(source.Path))
        {
            string place = picture.Place ?? source.Path;
            string image = pictures.AddPicture(picture.RelativePath, place);
            foreach (FddbEllipse face in picture.Faces)
            {
                pictures.AddFace(image, new AnnotatedFace(face.Bounds, [], null) { Place = place });
            }
        }

        return pictures.ToSet(source.Path, MatchRule.BoxOverlap);
    }
}
