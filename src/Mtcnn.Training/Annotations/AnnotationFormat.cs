namespace Mtcnn.Training.Annotations;

/// <summary>A format of annotations that <see cref="AnnotationReader"/> reads. <see cref="AnnotationFormats"/> lists them. Immutable and thread-safe.</summary>
public abstract class AnnotationFormat
{
    private protected AnnotationFormat(string name, string description)
    {
        Name = name;
        Description = description;
    }

    /// <summary>The name that commands and options accept, in lower-case letters.</summary>
    public string Name { get; }

    /// <summary>A description of its files in one line, for help texts and messages.</summary>
    public string Description { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Whether a file or folder has this format, by its name and its first lines.</summary>
    /// <exception cref="System.Xml.XmlException">An XML file is not well-formed.</exception>
    internal abstract bool Matches(AnnotationSource source);

    /// <summary>Reads the annotations.</summary>
    /// <exception cref="AnnotationException">The annotations are invalid; the message says where and why.</exception>
    internal abstract AnnotationSet Read(AnnotationSource source);
}
