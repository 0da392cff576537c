/** A request in a QR code: of a picture, or before the camera. What is seen stays in this page. */
import decodeQR from "qr/decode.js";
import { refuse } from "../core/bytes.js";

type Detector = new (given: { formats: string[] }) => { detect(picture: ImageData): Promise<{ rawValue: string }[]> };
/** The longest side that is looked at, in pixels: the densest code of a request has 177 points a side. */
const MOST = 1600;
/** Milliseconds that the decoder may try again in. */
const TRIES = 400;

/** The text of the code that is seen, by the browser's own detector or else by this page's; null for none. */
async function textIn(source: CanvasImageSource, width: number, height: number): Promise<string | null> {
  const scale = Math.min(1, MOST / Math.max(width, height));
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [Math.round(width * scale), Math.round(height * scale)];
  const drawn = canvas.width && canvas.height ? canvas.getContext("2d", { willReadFrequently: true }) : null;
  if (!drawn) return null;
  drawn.drawImage(source, 0, 0, canvas.width, canvas.height);
  const picture = drawn.getImageData(0, 0, canvas.width, canvas.height);
  const { BarcodeDetector: Own } = globalThis as { BarcodeDetector?: Detector };
  const seen = async () => (Own ? (await new Own({ formats: ["qr_code"] }).detect(picture))[0]?.rawValue : undefined);
  try {
    return (await seen().catch(() => undefined)) ?? decodeQR(picture, { timeLimit: TRIES });
  } catch {
    return null;
  }
}

/** The text in a file, or that of the code which it is a picture of. */
export async function textOf(file: File): Promise<string> {
  if (!file.type.startsWith("image/")) return file.text();
  const picture = await createImageBitmap(file).catch(() => refuse("The file is no picture that this browser reads; take a picture of the code, or choose the request's file."));
  return (await textIn(picture, picture.width, picture.height)) ?? refuse("No code is to be read in the picture; take it closer and straight, or choose the request's file.");
}

/** Watch the camera until a code is seen; it is off as soon as the video is no longer on the page, which gives null. */
export async function watch(video: HTMLVideoElement): Promise<string | null> {
  const asked = { video: { facingMode: "environment", width: { ideal: MOST } } };
  const stream = await navigator.mediaDevices?.getUserMedia(asked).catch(() => null);
  if (!stream) return refuse("The browser gives this page no camera; allow it, or choose a picture of the code.");
  try {
    video.srcObject = stream;
    await video.play().catch(() => undefined); // it is gone from the page
    while (video.isConnected) {
      const found = await textIn(video, video.videoWidth, video.videoHeight);
      if (found !== null && video.isConnected) return found;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return null;
  } finally {
    for (const track of stream.getTracks()) track.stop();
  }
}
