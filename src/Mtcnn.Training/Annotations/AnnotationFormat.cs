namespace Mtcnn.Training.Annotations;

/// <summary>The forms of annotations that <see cref="AnnotationReader"/> reads.</summary>
public enum AnnotationFormat
{
    /// <summary>A CSV file with a header, a row a face.</summary>
    Csv,

    /// <summary>The XML of dlib's imglab, or a folder of such files.</summary>
    Dlib,

    /// <summary>WIDER FACE's <c>wider_face_*_bbx_gt.txt</c>.</summary>
    Wider,

    /// <summary>The reference repository's list: a line an image, its path without extension and four edges a face.</summary>
    BoxList,

    /// <summary>FDDB's <c>FDDB-fold-NN-ellipseList.txt</c>, or a folder of them; a face's box is the one around its ellipse.</summary>
    Fddb,

    /// <summary>CelebA's <c>list_bbox_celeba.txt</c> and <c>list_landmarks_celeba.txt</c>; naming one, or their folder, reads both.</summary>
    CelebA,

    /// <summary>The XML of Pascal VOC, a file an image, or a folder of such files; every object is a face.</summary>
    PascalVoc,
}
