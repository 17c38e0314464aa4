namespace LedgerLift.Storage;

/// <summary>
/// A store of objects. Every implementation keeps the same promises and is safe to use from any number of threads at once. What the store refuses or cannot do
/// comes as a <see cref="StorageException"/>; the caller's own cancellation as <see cref="OperationCanceledException"/>.
/// </summary>
public interface IObjectStore
{
    /// <summary>
    /// Signs one PUT of exactly what is announced: length, content type, hashes, metadata and create-only are part of the signature, and the answer names the
    /// headers the client must send unchanged. No I/O.
    /// </summary>
    /// <param name="intent">What will be uploaded.</param>
    /// <param name="ct">Ends the call.</param>
    /// <returns>The URL, its method and the headers to send.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="intent"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The length is above the store's <c>MaxObjectBytes</c>, or the expiry outside 1 s to 7 d.</exception>
    ValueTask<PresignedUpload> PresignPutAsync(UploadIntent intent, CancellationToken ct = default);

    /// <summary>
    /// Signs one form upload: the store refuses another key, another type, and a size other than the announced one (the size range is from it to it).
    /// The client sends the fields in front of the part <c>file</c>. No I/O. A form cannot be create-only.
    /// </summary>
    /// <param name="intent">What will be uploaded.</param>
    /// <param name="ct">Ends the call.</param>
    /// <returns>The URL and the fields of the form.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="intent"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The length is above the store's <c>MaxObjectBytes</c>, or the expiry outside 1 s to 7 d.</exception>
    ValueTask<PresignedUpload> PresignPostAsync(UploadIntent intent, CancellationToken ct = default);

    /// <summary>Signs one download. No I/O: whether the object is there shows when the URL is used.</summary>
    /// <param name="key">The object.</param>
    /// <param name="expiry">How long the URL works, 1 second to 7 days, both inclusive; null for the store's <c>PresignExpiry</c>.</param>
    /// <param name="ct">Ends the call.</param>
    /// <returns>The URL for a GET.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="expiry"/> is outside 1 s to 7 d.</exception>
    ValueTask<Uri> PresignGetAsync(ObjectKey key, TimeSpan? expiry = null, CancellationToken ct = default);

    /// <summary>
    /// Compares what arrived with what was announced: length, content type, metadata, and the hashes that were announced. The content is read and hashed where the store
    /// knows no trustworthy checksum. Changes nothing.
    /// </summary>
    /// <param name="intent">What was announced.</param>
    /// <param name="ct">Ends the call.</param>
    /// <returns>Whether both are the same, and every difference: field names are <c>length</c>, <c>content_type</c>, <c>sha256</c>, <c>md5</c> and <c>metadata.name</c>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="intent"/> is null.</exception>
    /// <exception cref="StorageException">The store could not be asked.</exception>
    ValueTask<UploadConfirmation> ConfirmAsync(UploadIntent intent, CancellationToken ct = default);

    /// <summary>
    /// Writes an object, whole or not at all: nobody sees a part of it, and a failure or a cancellation leaves what was there before. The stream is read from where
    /// it stands to its end, once, and stays open; it may be unseekable.
    /// </summary>
    /// <param name="key">Its name.</param>
    /// <param name="content">Its content.</param>
    /// <param name="settings">Null for the defaults.</param>
    /// <param name="progress">Is told the bytes that are stored, never fewer than before, the last time all of them.</param>
    /// <param name="ct">Cancels the upload.</param>
    /// <returns>The object as it is stored, with its SHA-256.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="content"/> is null.</exception>
    /// <exception cref="ArgumentException">The stream cannot be read.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The content is longer than the store's <c>MaxObjectBytes</c>: before any I/O where the stream knows its length, else when it has given one byte too many.
    /// </exception>
    /// <exception cref="PreconditionFailedException"><see cref="UploadSettings.CreateOnly"/> is set and the object is there.</exception>
    /// <exception cref="StorageException">The store could not do it.</exception>
    ValueTask<StoredObject> UploadAsync(
        ObjectKey key,
        Stream content,
        UploadSettings? settings = null,
        IProgress<TransferProgress>? progress = null,
        CancellationToken ct = default
    );

    /// <summary>Opens an object's content for reading from its beginning.</summary>
    /// <param name="key">The object.</param>
    /// <param name="ct">Cancels the opening; reading has tokens of its own.</param>
    /// <returns>The content, to be disposed by the caller.</returns>
    /// <exception cref="ObjectNotFoundException">The object is not there.</exception>
    /// <exception cref="StorageException">The store could not do it.</exception>
    ValueTask<Stream> OpenReadAsync(ObjectKey key, CancellationToken ct = default);

    /// <summary>Looks an object up.</summary>
    /// <param name="key">The object.</param>
    /// <param name="ct">Cancels the call.</param>
    /// <returns>The object, or null when it is not there.</returns>
    /// <exception cref="StorageException">The store could not be asked.</exception>
    ValueTask<StoredObject?> FindAsync(ObjectKey key, CancellationToken ct = default);

    /// <summary>Removes an object.</summary>
    /// <param name="key">The object.</param>
    /// <param name="ct">Cancels the call.</param>
    /// <returns>Whether it was there.</returns>
    /// <exception cref="StorageException">The store could not do it.</exception>
    ValueTask<bool> DeleteAsync(ObjectKey key, CancellationToken ct = default);

    /// <summary>Lists the objects whose keys begin with a text, in the order of their keys' UTF-8 bytes.</summary>
    /// <param name="prefix">What the keys begin with, compared letter by letter; empty for all.</param>
    /// <param name="ct">Cancels the listing.</param>
    /// <returns>Every object that was there all the time; one that comes or goes meanwhile may or may not be listed.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="prefix"/> is null.</exception>
    /// <exception cref="StorageException">The store could not be asked.</exception>
    IAsyncEnumerable<StoredObject> ListAsync(string prefix = "", CancellationToken ct = default);

    /// <summary>What this store has done so far.</summary>
    /// <returns>The numbers now.</returns>
    ObjectStoreStatistics GetStatistics();
}
