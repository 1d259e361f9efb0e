namespace Mtcnn.Training.Annotations;

/// <summary>A format of annotations that <see cref="AnnotationReader"/> reads. <see cref="AnnotationFormats"/> lists them. Immutable and thread-safe.</summary>
/// <param name="name">Its name.</param>
/// <param name="description">What its files are.</param>
public abstract class AnnotationFormat(string name, string description)
{
    /// <summary>The name, as commands and options take it: lower-case letters.</summary>
    public string Name => name;

    /// <summary>What its files are, in a line, for help texts and messages.</summary>
    public string Description => description;

    /// <inheritdoc/>
    public override string ToString() => name;

    /// <summary>Whether a file or folder has this format, by its name and its first lines.</summary>
    /// <exception cref="System.Xml.XmlException">An XML file is not well-formed.</exception>
    internal abstract bool Matches(AnnotationSource source);

    /// <summary>Reads the annotations.</summary>
    /// <exception cref="AnnotationException">They cannot be understood; the message says where and why.</exception>
    internal abstract AnnotationSet Read(AnnotationSource source);
}
