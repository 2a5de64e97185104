using SpotifyCore.Content.Identity;

namespace SpotifyCore.Core.Repair;

/// <summary>Something to be done, with what it is about.</summary>
/// <param name="Kind">What.</param>
/// <param name="Member">Who is asked; for a fetch who is known to hold the file, if anybody is.</param>
/// <param name="File">The file; for a list or scrub the one to begin after.</param>
public readonly record struct RepairAction(RepairActionKind Kind, PeerId? Member, FileId File);
