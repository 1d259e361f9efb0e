namespace Mtcnn.Training.Annotations;

/// <summary>Reads FDDB's ellipses as boxes around them.</summary>
internal sealed class FddbFormat() : AnnotationFormat("fddb", "FDDB's FDDB-fold-*-ellipseList.txt, or their folder; the box around each ellipse")
{
    private const int FaceWords = 6;

    internal override bool Matches(AnnotationSource source) =>
        source.FolderHas("*ellipseList.txt") || (source.CountsFaces && source.Lines.Count > 2 && source.Lines[2].Words.Length <= FaceWords);

    internal override AnnotationSet Read(AnnotationSource source)
    {
        ImageCollector collector = new(source.Images);
        foreach (FddbImage listed in FddbFolds.Read(source.Path))
        {
            string place = listed.Place ?? source.Path;
            string path = collector.AddImage(listed.RelativePath, place);
            foreach (FddbEllipse face in listed.Faces)
            {
                collector.AddFace(path, new AnnotatedFace(face.Bounds, [], null) { Place = place });
            }
        }

        return collector.ToSet(source.Path, MatchRule.BoxOverlap);
    }
}
