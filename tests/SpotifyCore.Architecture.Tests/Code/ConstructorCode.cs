namespace SpotifyCore.Architecture.Tests.Code;

/// <summary>One constructor.</summary>
/// <param name="Type">Full name of what it makes, a nested type's after a dot.</param>
/// <param name="IsOfData">True for the constructor of a record, whose parameters are its members.</param>
/// <param name="Parameters">What it takes.</param>
internal sealed record ConstructorCode(string Type, bool IsOfData, IReadOnlyList<SignatureType> Parameters)
{
    /// <summary>How many things it takes; a tuple is as many as its members.</summary>
    public int Size => Parameters.Sum(static parameter => parameter.Size);
}
